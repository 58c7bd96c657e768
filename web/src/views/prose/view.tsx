export function Paragraphs({ text }: { text: string }) {
  return <>{text.split(/\s*\n\s*/).map((paragraph) => <p key={paragraph}>{paragraph.trim()}</p>)}</>;
}
