import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface Crumb {
  label: string;
  to?: string;
}

function Crumbs({ of: crumbs }: { of: readonly Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav className="crumbs" aria-label={t("crumbs")}>
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface PageProps {
  title: ReactNode;
  crumbs?: readonly Crumb[];
  /** The count in words, or what the page is about. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: where you are, what it is called, what can be done. */
export function Page({ title, crumbs, note, actions, children }: PageProps) {
  return (
    <div className="page">
      {crumbs && <Crumbs of={crumbs} />}
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {note && <div className="quiet figures">{note}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  className?: string;
}

/** A bordered part of a page. `flush` leaves the padding to its content, as tables want it. */
export function Card({ title, extra, children, flush = false, className = "" }: CardProps) {
  return (
    <section className={`card ${className}`}>
      {(title || extra) && (
        <header className="card-head">
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      <div className={flush ? "" : "card-body"}>{children}</div>
    </section>
  );
}
