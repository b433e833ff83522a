import "./story.scss";

export interface StoryStep {
  key: string | number;
  what: string;
  when: string;
  more?: string;
}

/** What happened, the newest first. */
export function Story({ of: steps }: { of: readonly StoryStep[] }) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step.key} className="story-step">
          <p className="story-what">{step.what}</p>
          <p className="story-when">{[step.when, step.more].filter(Boolean).join(" · ")}</p>
        </li>
      ))}
    </ol>
  );
}
