import type { Model } from './model.ts';
import { Section } from './Section.tsx';

const QUESTIONS = ['browser', 'notion', 'sent', 'kept'] as const;

/** What Rowmark can see, and where it goes. */
export const Privacy = ({ model }: { model: Model }) => (
  <Section model={model} name="privacy" title={model.client.text('options_privacy')}>
    <dl class="answers">
      {QUESTIONS.map((question) => (
        <div key={question}>
          <dt>{model.client.text(`privacy_${question}_title`)}</dt>
          <dd>{model.client.text(`privacy_${question}_body`)}</dd>
        </div>
      ))}
    </dl>
  </Section>
);
