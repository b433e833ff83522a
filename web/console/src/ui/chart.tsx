import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useMode } from "@/theme/preferences";
import { DARK, FONT, LIGHT, SERIES } from "@/theme/tokens";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

interface ChartProps {
  label: string;
  height?: number;
  option: EChartsCoreOption;
  onPick?: (dataIndex: number) => void;
}

/** An ECharts drawing in the house's colors: legend on top, resized with its box, disposed with it. */
export default function Chart({ label, height = 300, option, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const mode = useMode();
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const tokens = mode === "dark" ? DARK : LIGHT;
    const chart = init(element, undefined, { renderer: "canvas" });
    chart.setOption({
      color: [...SERIES[mode]],
      textStyle: { fontFamily: FONT, color: tokens.inkSoft },
      grid: { left: 8, right: 16, top: 40, bottom: 8, outerBoundsMode: "same" },
      legend: {
        top: 0,
        right: 0,
        icon: "roundRect",
        itemWidth: 12,
        itemHeight: 4,
        textStyle: { color: tokens.inkSoft },
      },
      animationDuration: 250,
      ...option,
    });
    chart.on("click", (event) => pick.current?.(event.dataIndex));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [mode, option]);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}
