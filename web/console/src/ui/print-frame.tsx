import { PrinterOutlined } from "@ant-design/icons";
import { Button, ConfigProvider, theme } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/states";

interface PrintFrameProps {
  title: string;
  /** What can be chosen before printing; not on the paper. */
  tools?: ReactNode;
  /** There is no sheet, and so nothing to print. */
  isEmpty?: boolean;
  children: ReactNode;
}

/** Papers without the shell: a bar of tools above that is never printed, then sheets of A4. */
export function PrintFrame({ title, tools, isEmpty, children }: PrintFrameProps) {
  const { t } = useTranslation();
  return (
    // Paper is white, whatever the screen is.
    <ConfigProvider theme={{ algorithm: theme.defaultAlgorithm, cssVar: { key: "huiliu-paper" } }}>
      <main className="print">
        <header className="print-tools">
          <h1>{title}</h1>
          {!isEmpty && (
            <div className="print-options">
              {tools}
              <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
                {t("print.print")}
              </Button>
            </div>
          )}
        </header>
        {isEmpty ? <EmptyState text={t("print.nothing")} /> : children}
      </main>
    </ConfigProvider>
  );
}

/** One sheet. On a phone it is wider than the screen: it scrolls sideways, also by keys. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keys
    <article className="sheet" tabIndex={0} aria-label={title}>
      {children}
    </article>
  );
}

/** Names to sign beside, at the foot of a sheet. */
export function Signatures({ names }: { names: readonly string[] }) {
  return (
    <footer className="sheet-signs">
      {names.map((name) => (
        <span key={name}>
          {name}
          <span className="sheet-line" aria-hidden />
        </span>
      ))}
    </footer>
  );
}
