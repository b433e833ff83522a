import {
  AppstoreOutlined,
  BarChartOutlined,
  DesktopOutlined,
  InboxOutlined,
  ReconciliationOutlined,
  SettingOutlined,
  TeamOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import { Link, useLocation } from "@tanstack/react-router";
import { Menu } from "antd";
import type { ItemType } from "antd/es/menu/interface";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { placeOf, type Task, tasksFor } from "./menu";

const ICONS = {
  desk: <DesktopOutlined />,
  partners: <TeamOutlined />,
  catalog: <AppstoreOutlined />,
  orders: <ReconciliationOutlined />,
  stock: <InboxOutlined />,
  money: <WalletOutlined />,
  insights: <BarChartOutlined />,
  settings: <SettingOutlined />,
} satisfies Record<Task["icon"], unknown>;

interface SideMenuProps {
  scopes: ReadonlySet<string>;
  modulesOff: ReadonlySet<string>;
  isCollapsed: boolean;
  onPick?: () => void;
}

/** The left menu: tasks with their places; a task with one place is that place. */
export function SideMenu({ scopes, modulesOff, isCollapsed, onPick }: SideMenuProps) {
  const { t } = useTranslation();
  const { isStaff } = useSession();
  const { pathname } = useLocation();
  const selected = placeOf(pathname)?.to ?? pathname;
  const items = useMemo<ItemType[]>(
    () =>
      tasksFor(scopes, modulesOff, isStaff).map((task) => {
        const [first] = task.places;
        if (first && task.places.length === 1) {
          return {
            key: first.to,
            icon: ICONS[task.icon],
            label: <Link to={first.to}>{t(task.key)}</Link>,
            title: t(task.key),
          };
        }
        return {
          key: task.key,
          icon: ICONS[task.icon],
          label: t(task.key),
          children: task.places.map((place) => ({
            key: place.to,
            label: <Link to={place.to}>{t(place.key)}</Link>,
          })),
        };
      }),
    [scopes, modulesOff, isStaff, t],
  );
  const open = tasksFor(scopes, modulesOff, isStaff)
    .filter((task) => task.places.length > 1)
    .map((task) => task.key);
  return (
    <Menu
      mode="inline"
      inlineCollapsed={isCollapsed}
      inlineIndent={16}
      selectedKeys={[selected]}
      defaultOpenKeys={isCollapsed ? [] : open}
      items={items}
      onClick={onPick}
      aria-label={t("menu.label")}
    />
  );
}
