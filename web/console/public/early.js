// Asked while the scripts are still on their way: who is signed in, and on the desk what it shows whoever that is.
// `http.ts` takes each answer once. A view of somebody else has a token of its own and asks later.
(() => {
  try {
    if (sessionStorage.getItem("huiliu.view")) return;
    const language = localStorage.getItem("huiliu.language") || "zh-Hans";
    const paths = ["/session"];
    if (location.pathname === "/" && document.cookie.includes("huiliu_csrf="))
      paths.push("/session/settings", "/metrics", "/desk/waiting");
    const headers = { Accept: "application/json", "Accept-Language": language };
    window.huiliuEarly = new Map(
      paths.map((path) => {
        const answer = fetch(`/api/v1${path}`, { headers, credentials: "same-origin" });
        answer.catch(() => {}); // whoever takes it hears of it
        return [`/api/v1${path}`, answer];
      }),
    );
  } catch {
    // storage is forbidden here: everything is asked in its turn
  }
})();
