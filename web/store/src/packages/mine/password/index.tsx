import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordForm } from "@/domains/entry/password-form";
import { SignOut } from "@/domains/settings/sign-out";
import { back, toTab } from "@/navigation";
import { useSession } from "@/session";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/states";
import "@/domains/entry/entry.scss";

/** A new password: wished for in the settings, or the one page there is until a first password is an own one. */
export default function PasswordPage() {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const session = useSession();
  // Kept while the answer to the change comes in: the page must not change its face under the hand.
  const [isFirst, setIsFirst] = useState<boolean>();
  if (session && isFirst === undefined) setIsFirst(session.must_change_password);
  if (isFirst === undefined)
    return (
      <Page title={t("password.title")} isOnly>
        <Skeleton />
      </Page>
    );
  const done = () => {
    if (!isFirst) return back();
    // Everything that was refused until now is open.
    queries.clear();
    return toTab("home");
  };
  return (
    <Page title={t(isFirst ? "password.must_title" : "password.title")} isOnly={isFirst}>
      {isFirst && <p className="entry-note">{t("password.must")}</p>}
      <PasswordForm onDone={done} />
      {isFirst && (
        <div className="entry-other">
          <SignOut isQuiet />
        </div>
      )}
    </Page>
  );
}
