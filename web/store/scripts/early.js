// Asked while the scripts are still on their way: who is signed in, and for the home its files and what it will ask for
// itself. `http.ts` takes each answer once, and none any more as soon as it writes. `HOME` is filled in by finish-h5.mjs.
(() => {
  try {
    if (!document.cookie.includes("huiliu_csrf=")) return;
    const kept = JSON.parse(localStorage.getItem("huiliu.language") || "{}");
    const headers = { Accept: "application/json", "Accept-Language": kept.data || "zh-Hans" };
    const asked = new Map();
    window.huiliuEarly = asked;
    const ask = (path) => {
      const answer = window.fetch(`/api/v1${path}`, { headers, credentials: "same-origin" });
      answer.catch(() => {}); // whoever takes it hears of it
      asked.set(`/api/v1${path}`, answer);
      return answer;
    };
    const session = ask("/session");
    if (!/^(#\/(pages\/home\/index)?)?$/.test(location.hash)) return;
    for (const href of HOME) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: href.endsWith(".css") ? "style" : "script", href });
      document.head.append(link);
    }
    ask("/desk/waiting");
    ask("/notices?limit=4");
    session
      .then((answer) => (answer.ok ? answer.clone().json() : null))
      .then((who) => {
        if (!who || !asked.has("/api/v1/session")) return; // the page is quicker: it asks for itself
        if (who.scopes.includes("money:read")) ask(`/balances?buyer_id=${who.organization_id}&limit=1`);
        if (who.scopes.includes("orders:receive"))
          ask("/fulfilment/shipments?side=IN&state=SHIPPED&limit=20");
        if (who.scopes.includes("prices:read")) ask("/shop/price-changes?limit=12");
        if (who.scopes.includes("orders:submit")) ask("/shop/usual?limit=20");
      })
      .catch(() => {});
  } catch {
    // storage is forbidden here: everything is asked in its turn
  }
})();
