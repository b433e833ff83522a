// Asked while the scripts are still on their way: who is signed in, and for the home its files and what it shows whoever
// that is. `http.ts` takes each answer once, and none any more as soon as it writes. `HOME` is filled in by finish-h5.mjs.
(() => {
  try {
    if (!document.cookie.includes("huiliu_csrf=")) return;
    const kept = JSON.parse(localStorage.getItem("huiliu.language") || "{}");
    const headers = { Accept: "application/json", "Accept-Language": kept.data || "zh-Hans" };
    const paths = ["/session"];
    if (/^(#\/(pages\/home\/index)?)?$/.test(location.hash)) {
      paths.push("/desk/waiting", "/notices?limit=4");
      for (const href of HOME) {
        const link = document.createElement("link");
        Object.assign(link, { rel: "preload", as: href.endsWith(".css") ? "style" : "script", href });
        document.head.append(link);
      }
    }
    window.huiliuEarly = new Map(
      paths.map((path) => {
        const answer = window.fetch(`/api/v1${path}`, { headers, credentials: "same-origin" });
        answer.catch(() => {}); // whoever takes it hears of it
        return [`/api/v1${path}`, answer];
      }),
    );
  } catch {
    // storage is forbidden here: everything is asked in its turn
  }
})();
