/** The page before its script fills it: all that needs no data. */
export const document = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>mam</title>
    <link rel="icon" href="icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
  </head>
  <body>
    <a class="skip" href="#charts">To the charts</a>
    <header id="header"><h1>mam</h1></header>
    <main id="main" aria-busy="true"><p class="quiet">Asking …</p></main>
    <noscript><p>This page needs JavaScript, which comes from this machine alone.</p></noscript>
  </body>
</html>
`;

/** A chart, and nothing of anybody else's. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0072b2"/><path d="M3 11l3-4 3 2 4-5" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
