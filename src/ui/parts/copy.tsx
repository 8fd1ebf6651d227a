import { useRef, useState } from 'preact/hooks';

/** A line to type elsewhere. Where the browser keeps its clipboard from files on disk, the line is selected instead. */
export function CopyLine({ text }: { text: string }) {
  const code = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('Copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      if (code.current) getSelection()?.selectAllChildren(code.current);
      setSaid('Selected');
    }
  };
  return (
    <span class="copy-line">
      <code ref={code}>{text}</code>
      <button type="button" onClick={copy} aria-label={`Copy ${text}`}>
        {said}
      </button>
    </span>
  );
}
