interface AttentionProps {
  readonly caseId: string;
}

/** Who else looks at the case, or writes in it. */
export function Attention(_: AttentionProps) {
  return null;
}
