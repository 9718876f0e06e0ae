import type { Model } from './model.ts';
import { Section } from './Section.tsx';

const QUESTIONS = ['browser', 'notion', 'sent', 'kept'] as const;

/** What Rowmark can see, and where it goes; and what it can be made to forget. */
export const Privacy = ({ model }: { model: Model }) => {
  const { client, busy, forgetTags, proposesTags, setProposesTags } = model;
  const { text } = client;
  return (
    <Section model={model} name="privacy" title={text('options_privacy')}>
      <dl class="answers">
        {QUESTIONS.map((question) => (
          <div key={question}>
            <dt>{text(`privacy_${question}_title`)}</dt>
            <dd>{text(`privacy_${question}_body`)}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input
          type="checkbox"
          checked={proposesTags.value}
          onChange={(event) => void setProposesTags(event.currentTarget.checked)}
        />
        <span>{text('options_propose_tags')}</span>
      </label>
      <p class="quiet" id="forget-tags">
        {text('options_forget_tags_body')}
      </p>
      <p>
        <button
          type="button"
          class="button second"
          aria-describedby="forget-tags"
          aria-disabled={busy.value}
          onClick={forgetTags}
        >
          {text('options_forget_tags')}
        </button>
      </p>
    </Section>
  );
};
