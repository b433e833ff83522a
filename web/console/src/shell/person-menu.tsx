import { DesktopOutlined, LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Avatar, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useSession, useSignOut } from "@/domains/access/session";
import { prefer, usePreferences } from "@/theme/preferences";

/** Who works here, how rows and rises look to them, their sessions, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { name, organization } = useSession();
  const { density, riseIsRed } = usePreferences();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const nextDensity = density === "dense" ? "comfortable" : "dense";
  const items = [
    { key: "who", type: "group" as const, label: `${name} · ${organization}` },
    {
      key: "density",
      label: t(`density.to_${nextDensity}`),
      onClick: () => prefer({ density: nextDensity }),
    },
    {
      key: "rise",
      label: t(riseIsRed ? "rise.to_green" : "rise.to_red"),
      onClick: () => prefer({ riseIsRed: !riseIsRed }),
    },
    { key: "line", type: "divider" as const },
    {
      key: "sessions",
      icon: <DesktopOutlined />,
      label: t("menu.sessions"),
      onClick: () => void navigate({ to: "/sessions" }),
    },
    { key: "out", icon: <LogoutOutlined />, label: t("action.sign_out"), onClick: () => signOut.mutate() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <button type="button" className="person">
        <Avatar size={28} icon={<UserOutlined />} className="person-picture" />
        <span className="person-name">{name}</span>
      </button>
    </Dropdown>
  );
}
