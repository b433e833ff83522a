import Taro from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { Action } from "@/ui/action";
import { Facts } from "@/ui/card";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import "./people.scss";

interface Props {
  title: string;
  name: string;
  username: string;
  password: string;
  onClose: () => void;
}

/** What a colleague signs in with for the first time. It is shown here once and kept nowhere. */
export function FirstPassword({ title, name, username, password, onClose }: Props) {
  const { t } = useTranslation("store-mine");
  const copy = () => {
    const data = t("people.copy_text", { username, password });
    void Taro.setClipboardData({ data }).then(
      () => say(t("people.copied")),
      () => say(t("people.not_copied")),
    );
  };
  return (
    <Sheet title={title} isOpen onClose={onClose}>
      <p className="asked-question">{t("people.first", { name })}</p>
      <Facts
        of={[
          [t("people.username"), username],
          [
            t("people.first_password"),
            <span key="password" className="first-password">
              {password}
            </span>,
          ],
        ]}
      />
      <p className="soft">{t("people.once")}</p>
      <div className="two-actions asked-actions">
        <Action kind="plain" onClick={copy}>
          {t("people.copy")}
        </Action>
        <Action onClick={onClose}>{t("people.done")}</Action>
      </div>
    </Sheet>
  );
}
