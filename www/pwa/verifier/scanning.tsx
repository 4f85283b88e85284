import { Component, createRef } from "preact";
import type { Texts } from "../../shared/l10n";
import { ReasonText } from "../../shared/parts";
import type { Place, Reason } from "../../shared/types";
import type { Camera } from "./camera";
import { Controls, focusOn } from "./controls";
import { PosterProblem } from "./poster";

interface Props {
  problem: Reason | null;
  pictureProblem: Reason | null;
  gathered: Reason | null;
  checking: boolean;
  texts: Texts;
  camera: Camera;
  place: Place | null;
  onText: (text: string) => void;
  onPicture: (file: File) => void;
  onNoCode: () => void;
  /** It is the venue code of this place that is looked for: why the last one was not taken, and how to give up. */
  poster?: { problem: Reason | null; onCancel: () => void };
}

/** Looking for a code: camera, picture file, pasted text; a hand scanner works at any time. */
export class Scanning extends Component<Props, { pasting: boolean }> {
  override state = { pasting: false };
  readonly #video = createRef<HTMLVideoElement>();
  readonly #text = createRef<HTMLTextAreaElement>();

  override componentDidMount(): void {
    this.props.camera.show(this.#video.current);
  }

  override componentWillUnmount(): void {
    this.props.camera.show(null);
  }

  override componentDidUpdate(_: Props, before: { pasting: boolean }): void {
    if (this.state.pasting && !before.pasting) this.#text.current?.focus();
  }

  render({ problem, pictureProblem, gathered, checking, texts, camera, place, onPicture, onNoCode, poster }: Props, { pasting }: { pasting: boolean }) {
    const choose = (event: Event) => {
      const input = event.currentTarget as HTMLInputElement;
      const file = input.files?.[0];
      if (file) onPicture(file);
      input.value = "";
    };
    return (
      <main class="scan">
        <h1 tabIndex={-1}>{texts.text(poster ? "poster-scan" : checking ? "checking" : "scan-title")}</h1>
        <div class={problem ? "finder off" : "finder"}>
          <video ref={this.#video} muted playsInline aria-label={texts.text("scan-video-label")} onClick={(event) => focusOn(camera, event)} />
          {problem ? (
            <div class="no-camera">
              <div role="alert"><ReasonText reason={problem} texts={texts} /></div>
              <button type="button" onClick={() => camera.retry()}>{texts.text("try-again")}</button>
            </div>
          ) : <span class="frame" aria-hidden="true" />}
          {/* Always there, for a screen reader tells only of what changes in it. */}
          <p class="guide" role="status">{camera.said && !problem ? texts.text(`guide-${camera.said}`) : ""}</p>
        </div>
        {problem ? null : <Controls camera={camera} texts={texts} />}
        {pictureProblem ? <div class="notice" role="alert"><ReasonText reason={pictureProblem} texts={texts} /></div> : null}
        {poster?.problem ? <div class="notice" role="alert"><PosterProblem problem={poster.problem} texts={texts} /></div> : null}
        {gathered ? <div class="notice" role="status"><ReasonText reason={gathered} texts={texts} /></div> : null}
        {pasting ? this.#paste() : (
          <>
            {place ? <p class="hint place">{[texts.text(`place-${place.kind}`), place.name].filter(Boolean).join(" · ")}</p> : null}
            <p class="hint">{texts.text("scan-hint")}</p>
            <div class="sources">
              <label class="button">
                {texts.text("scan-picture")}
                <input class="hidden" type="file" accept="image/*" onChange={choose} />
              </label>
              <button type="button" onClick={() => this.setState({ pasting: true })}>{texts.text("scan-paste")}</button>
              {place ? <button type="button" onClick={onNoCode}>{texts.text("scan-no-code")}</button> : null}
              {poster ? <button type="button" class="quiet" onClick={poster.onCancel}>{texts.text("scan-paste-cancel")}</button> : null}
            </div>
          </>
        )}
      </main>
    );
  }

  #paste() {
    const { texts, onText } = this.props;
    const read = (event: Event) => {
      event.preventDefault();
      const text = this.#text.current?.value ?? "";
      this.setState({ pasting: false });
      onText(text);
    };
    return (
      <form class="paste" onSubmit={read}>
        <label for="paste">{texts.text("scan-paste-label")}</label>
        <textarea id="paste" ref={this.#text} rows={4} spellcheck={false} autocapitalize="off" autocomplete="off" />
        <div class="sources">
          <button type="submit">{texts.text("scan-paste-read")}</button>
          <button type="button" class="quiet" onClick={() => this.setState({ pasting: false })}>{texts.text("scan-paste-cancel")}</button>
        </div>
      </form>
    );
  }
}
