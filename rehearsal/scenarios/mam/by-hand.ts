/** A dashboard that somebody made by hand, as the API takes it. */
export const dashboardByHand = (name: string): string =>
  JSON.stringify({
    kind: "Dashboard",
    apiVersion: "perses.dev/v1alpha1",
    spec: {
      display: { name, description: "by hand" },
      duration: "1h",
      variables: [],
      layouts: [],
      panels: {},
    },
  });
