import "antd/dist/reset.css";
import "@/theme/base.css";
import "@/theme/shell.css";
import "@/theme/page.css";
import "@/theme/tables.css";
import "@/theme/figures.css";
import "@/theme/document.css";
import "@/theme/desk.css";
import "@/theme/forms.css";
import "@/theme/attachments.css";
import "@/theme/partners.css";
import "@/theme/warehouse.css";
import "@/theme/print.css";
import "@/theme/sign-in.css";
import "@/theme/administration.css";
import "@/theme/narrow.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app";
import { sessionQuery } from "@/domains/access/session";
import { askForDesk } from "@/early";
import { pagesSpeak, speakChosen } from "@/i18n/setup";
import { queries } from "@/queries";

const MOMENT_MS = 60;
const moment = () => new Promise((resolve) => setTimeout(resolve, MOMENT_MS));

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
// Who is signed in and the first page are fetched side by side, not one after the other.
void queries.prefetchQuery(sessionQuery);
let asked: Promise<void> | undefined;
if (location.pathname === "/") {
  void import("@/routes/desk");
  asked = askForDesk(queries).catch(() => {
    // the page asks again, and says what is wrong
  });
}
if (location.pathname === "/orders") void import("@/routes/orders");
else void pagesSpeak();
// Drawing keeps the browser busy: a question that can leave now leaves before it.
await Promise.all([speakChosen(), Promise.race([asked, moment()])]);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
