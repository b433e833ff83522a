import { useQuery } from "@tanstack/react-query";
import { MapChart } from "echarts/charts";
import { VisualMapComponent } from "echarts/components";
import { registerMap, use } from "echarts/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { readStatic } from "@/http";
import { useMode } from "@/theme/preferences";
import { DARK, LIGHT, SERIES } from "@/theme/tokens";
import Chart from "./chart";
import { Refusal } from "./refusal";
import { PageSkeleton } from "./states";

use([MapChart, VisualMapComponent]);

interface Shape {
  features: { properties: { name: string } }[];
}

export interface Area {
  /** As people write it: 江苏省, 内蒙古自治区. */
  name: string;
  value: number;
  text: string;
}

const ENDINGS = /(维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)$/;

/** The short name a map knows a province by: 广西壮族自治区 is 广西. */
export const shortProvince = (name: string): string => name.replace(ENDINGS, "");

const MAP = `${import.meta.env.BASE_URL}maps/china.json`;
const LICENCE = `${import.meta.env.BASE_URL}maps/licence.json`;

function useMap() {
  const shape = useQuery({
    queryKey: [MAP],
    queryFn: async () => {
      const found = await readStatic<Shape>(MAP);
      registerMap("china", found as never);
      return found.features.map((feature) => feature.properties.name).filter(Boolean);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const licence = useQuery({
    queryKey: [LICENCE],
    queryFn: () => readStatic<{ number: string }>(LICENCE),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { shape, licence: licence.data?.number ?? "" };
}

interface ChinaMapProps {
  label: string;
  areas: readonly Area[];
  onPick: (name: string) => void;
}

/** Provinces colored by a figure; a click names the province. Regions without a figure stay plain. */
export default function ChinaMap({ label, areas, onPick }: ChinaMapProps) {
  const { t } = useTranslation();
  const mode = useMode();
  const { shape, licence } = useMap();
  const names = shape.data;
  const option = useMemo(() => {
    const tokens = mode === "dark" ? DARK : LIGHT;
    const known = new Map(areas.map((area) => [shortProvince(area.name), area]));
    const values = areas.map((area) => area.value);
    return {
      legend: { show: false },
      tooltip: {
        trigger: "item",
        confine: true,
        backgroundColor: tokens.raised,
        borderColor: tokens.line,
        textStyle: { color: tokens.ink, fontSize: 13 },
        formatter: ({ name }: { name: string }) => `${name}　${known.get(name)?.text ?? "–"}`,
      },
      visualMap: {
        min: Math.min(0, ...values),
        max: Math.max(1, ...values),
        calculable: false,
        show: false,
        inRange: { color: [mode === "dark" ? "#17324a" : "#e6f2f1", SERIES[mode][0]] },
      },
      series: [
        {
          type: "map",
          map: "china",
          roam: false,
          showLegendSymbol: false,
          selectedMode: false,
          zoom: 1.15,
          label: { show: false },
          itemStyle: { areaColor: tokens.surface, borderColor: tokens.inkSoft, borderWidth: 0.5 },
          emphasis: { label: { show: true, color: tokens.ink }, itemStyle: { areaColor: tokens.accent } },
          data: (names ?? []).map((name) => ({ name, value: known.get(name)?.value ?? Number.NaN })),
        },
      ],
    };
  }, [mode, areas, names]);
  if (shape.error) return <Refusal of={shape.error} onRetry={() => void shape.refetch()} />;
  if (!names) return <PageSkeleton />;
  return (
    <figure className="map">
      <Chart
        label={label}
        height={480}
        option={option}
        onPick={(index) => {
          const picked = areas.find((area) => shortProvince(area.name) === names[index]);
          if (picked) onPick(picked.name);
        }}
      />
      <figcaption className="quiet">
        {licence ? t("map.number", { number: licence }) : t("map.unreviewed")}
      </figcaption>
    </figure>
  );
}
