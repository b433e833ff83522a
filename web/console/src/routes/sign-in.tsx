import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SignInForm } from "@/domains/access/sign-in-form";
import { Switches } from "@/shell/switches";
import { Mark } from "@/ui/mark";
import { one, useFilters } from "@/ui/use-filters";

/** Only paths of this console: a link from elsewhere must not send people elsewhere. */
export const safePath = (path: string): string => (/^\/(?![/\\])/.test(path) ? path : "/");

function Flows() {
  return (
    <svg
      className="sign-in-flows"
      viewBox="0 0 400 600"
      fill="none"
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
    >
      <path d="M-20 60c190 0 190 190 320 190h140" />
      <path d="M-20 250h460" />
      <path d="M-20 440c190 0 190-190 320-190h140" />
    </svg>
  );
}

export function SignInPage() {
  const { t } = useTranslation(["access", "common"]);
  const [filters] = useFilters();
  const navigate = useNavigate();
  const done = () => void navigate({ to: safePath(one(filters.to)), replace: true });
  return (
    <div className="sign-in">
      <section className="sign-in-side">
        <Flows />
        <div className="sign-in-words">
          <p className="sign-in-claim">{t("claim")}</p>
          <p>{t("claim_more")}</p>
        </div>
      </section>
      <main className="sign-in-main">
        <div className="sign-in-box">
          <div className="sign-in-brand">
            <Mark size={40} />
            <h1>{t("common:product")}</h1>
          </div>
          <p className="quiet">{t("welcome")}</p>
          <SignInForm onDone={done} />
        </div>
        <Switches />
      </main>
    </div>
  );
}
