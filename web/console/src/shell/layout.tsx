import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Link, Outlet, useLocation, useRouterState } from "@tanstack/react-router";
import { Alert, Button, Drawer } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EndView } from "@/domains/access/end-view";
import { useSession } from "@/domains/access/session";
import { WhoMay } from "@/domains/access/who-may";
import { useLive } from "@/live";
import { prefer, usePreferences } from "@/theme/preferences";
import { Mark } from "@/ui/mark";
import { NoPermission } from "@/ui/states";
import { useHasSideMenu } from "@/ui/use-wide";
import { placeOf } from "./menu";
import { NoticeBell } from "./notice-bell";
import { PersonMenu } from "./person-menu";
import { SearchBox } from "./search-box";
import { SideMenu } from "./side-menu";
import { Switches } from "./switches";

function Brand({ isShort = false }: { isShort?: boolean }) {
  const { t } = useTranslation();
  return (
    <Link to="/" className="brand" aria-label={t("product")}>
      <Mark />
      {!isShort && <span className="brand-name">{t("product")}</span>}
    </Link>
  );
}

/** Everything around a page: menu, search, language, person; a drawer instead of the menu on a phone. */
export function Layout() {
  const { t } = useTranslation(["common", "access"]);
  const session = useSession();
  const { menuCollapsed } = usePreferences();
  const isWide = useHasSideMenu();
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page starts at its top
  useEffect(() => {
    window.scrollTo(0, 0); // newer browsers answer a promise, which is no clean-up function
  }, [pathname]);
  // While the next page loads, the router still holds the one before: neither may be one that is not allowed.
  const shownPath = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? pathname });
  const closed = [pathname, shownPath]
    .map((path) => placeOf(path)?.scope)
    .find((scope) => scope !== undefined && !session.scopes.has(scope));
  useLive(session.liveUrl);
  return (
    <div className={`shell ${isWide && menuCollapsed ? "shell-narrow" : ""}`}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="top">
        {isWide ? (
          <Brand isShort={menuCollapsed} />
        ) : (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t("menu.open")}
            onClick={() => setIsDrawerOpen(true)}
          />
        )}
        <SearchBox />
        <div className="top-right">
          {isWide && <Switches />}
          <NoticeBell />
          <PersonMenu />
        </div>
      </header>
      {isWide && (
        <aside className="side">
          <SideMenu scopes={session.scopes} modulesOff={session.modulesOff} isCollapsed={menuCollapsed} />
          <Button
            type="text"
            className="side-fold"
            icon={menuCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={t(menuCollapsed ? "menu.unfold" : "menu.fold")}
            onClick={() => prefer({ menuCollapsed: !menuCollapsed })}
          >
            {menuCollapsed ? null : t("menu.fold")}
          </Button>
        </aside>
      )}
      {!isWide && (
        <Drawer
          placement="left"
          size={264}
          open={isDrawerOpen}
          onClose={() => setIsDrawerOpen(false)}
          title={<Brand />}
          styles={{ body: { padding: 8 } }}
          footer={<Switches />}
        >
          <SideMenu
            scopes={session.scopes}
            modulesOff={session.modulesOff}
            isCollapsed={false}
            onPick={() => setIsDrawerOpen(false)}
          />
        </Drawer>
      )}
      <main id="main" className="main" tabIndex={-1} aria-busy={shownPath !== pathname}>
        {session.isImpersonated && (
          <Alert
            banner
            type="warning"
            title={t("access:viewing_as", { name: session.name })}
            action={<EndView />}
          />
        )}
        {closed === undefined ? <Outlet /> : <NoPermission who={<WhoMay scope={closed} />} />}
      </main>
    </div>
  );
}
