/** The certificate authority that signs every cluster's certificate: a real one, made for the rehearsal, its key thrown away. */
export const certificateAuthority = `-----BEGIN CERTIFICATE-----
MIIBlDCCATmgAwIBAgIUC/vmFL7Sy96hw7iO7UJPTYhHQgswCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUUmVoZWFyc2FsIFByb2plY3QgQ0EwHhcNMjYxMTIzMjMzNjMx
WhcNNDYxMTE4MjMzNjMxWjAfMR0wGwYDVQQDDBRSZWhlYXJzYWwgUHJvamVjdCBD
QTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMYlSf9v2oL6h3Cq2U5U00dT+HdL
Kv9oq/EawT7VPlwx9FFgcWaUvBrMvhn7dR/KOOCfHD4ks5ZWoAPHa91IWw6jUzBR
MB0GA1UdDgQWBBR9vLmnzp/NpDygkm9ptYWcOitMmTAfBgNVHSMEGDAWgBR9vLmn
zp/NpDygkm9ptYWcOitMmTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kA
MEYCIQDZmrV92iKXnzpUDmhLp4XTw24X+C6l8k/00kVAaownKwIhAP3BVQ6ga6Di
C6KwE2QXvoGnDmFBJkoga1f+yfn7AzLN
-----END CERTIFICATE-----
`;
