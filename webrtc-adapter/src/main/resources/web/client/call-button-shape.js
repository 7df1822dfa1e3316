/** What the call button is made of: nothing of it leaks into the page, nothing of the page into it. */

/** As a sheet of its own, because pages may forbid inline styles. */
export const STYLE = `
  :host {
    --accent: var(--ringdown-accent, #0c5f52);
    --bad: var(--ringdown-bad, #b3261e);
    display: inline-grid; justify-items: start; gap: .4em; max-width: 22em; font: inherit;
  }
  :host([hidden]), [hidden] { display: none !important; }
  .row { display: flex; align-items: center; gap: .6em; flex-wrap: wrap; }
  button {
    display: inline-flex; align-items: center; gap: .5em; min-height: 2.75em; padding: .4em 1.2em;
    border: 0; border-radius: 1.4em; font: inherit; font-weight: 600; color: #fff; background: var(--accent); cursor: pointer;
  }
  button:hover { filter: brightness(1.12); }
  button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  :host(:is([state="connecting"], [state="ringing"], [state="in-call"])) #go { background: var(--bad); }
  #mute { background: none; color: inherit; box-shadow: inset 0 0 0 1px currentcolor; }
  #mute[aria-pressed="true"] { background: var(--accent); color: #fff; box-shadow: none; }
  svg { width: 1.2em; height: 1.2em; fill: currentcolor; }
  :host(:is([state="connecting"], [state="ringing"], [state="in-call"])) svg { transform: rotate(135deg); }
  #text { font-variant-numeric: tabular-nums; }
  :host([state="error"]) #text { font-weight: 600; }
  p { margin: 0; }
  p:empty { display: none; }
`;

export const SHAPE = `
<div class="row">
  <button id="go" type="button">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 4h3.6l1.7 4.4-2.3 1.6a12.4 12.4 0 0 0 6 6l1.6-2.3L20 15.4V19a1.6 1.6 0 0 1-1.7 1.6C10.4 20.2 3.8 13.6 3.4 5.7A1.6 1.6 0 0 1 5 4z"/></svg>
    <span id="label"><slot>Call</slot></span><span id="end" hidden>Hang up</span>
  </button>
  <button id="mute" type="button" aria-pressed="false" hidden>Mute</button>
  <p id="text" role="status"></p>
</div>
<p id="remedy" role="alert"></p>
<audio id="sound" autoplay></audio>`;
