import { BellOutlined } from "@ant-design/icons";
import { useLocation } from "@tanstack/react-router";
import { Badge, Button, Drawer } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NoticeList, useUnread } from "@/domains/desk/notice-list";

/** The notification centre behind a bell; the count follows what happens elsewhere. */
export function NoticeBell() {
  const { t } = useTranslation("desk");
  const unread = useUnread();
  const [isOpen, setIsOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer
  useEffect(() => setIsOpen(false), [pathname]);
  return (
    <>
      <Badge count={unread} overflowCount={99} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread ? t("notices.open_unread", { count: unread }) : t("notices.open")}
          onClick={() => setIsOpen(true)}
        />
      </Badge>
      <Drawer
        title={t("notices.title")}
        size={420}
        open={isOpen}
        onClose={() => setIsOpen(false)}
        destroyOnHidden
      >
        <NoticeList marksRead onOpen={() => setIsOpen(false)} />
      </Drawer>
    </>
  );
}
