import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeepWechatConsents, useListWechatConsents } from "@/gen/access/access";
import type { ConsentsInAnswers } from "@/gen/model";
import { IS_WEAPP } from "@/platform/server";
import { askForMessages } from "@/platform/wechat";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";

/** WeChat lets an app ask for so many at once. */
const MOST = 3;

/** In WeChat: shall the goods be told of when they leave and when they are there? Each yes is one message. */
export function TellMe() {
  const { t } = useTranslation("store-cart");
  const topics = useListWechatConsents({ query: { enabled: IS_WEAPP } }).data ?? [];
  const keep = useKeepWechatConsents();
  const [said, setSaid] = useState<"yes" | "no" | null>(null);
  if (topics.length === 0) return null;
  const ask = async () => {
    const answers = await askForMessages(topics.slice(0, MOST).map((topic) => topic.template_id));
    const isYes = Object.values(answers).some((answer) => answer.startsWith("accept"));
    if (isYes) await keep.mutateAsync({ data: { answers: answers as ConsentsInAnswers } });
    setSaid(isYes ? "yes" : "no");
  };
  return (
    <section className="done-tell" role="status">
      {said ? (
        <p>{t(`done.tell.${said}`)}</p>
      ) : (
        <Action kind="plain" isBusy={keep.isPending} onClick={() => void ask().catch(() => undefined)}>
          {t("done.tell.ask")}
        </Action>
      )}
      {keep.error && <Refused error={keep.error} />}
    </section>
  );
}
