/** A labelled control with what is wrong with it below. `group`: several controls that name themselves. */
export function Field({ label, problem, group = false, children }: { label: string, problem: string | undefined, group?: boolean, children: React.ReactNode }) {
  const body = <><span className="qc-soft">{label}</span>{children}{problem && <span className="qc-danger" role="alert">{problem}</span>}</>
  return group ? <div className="sc-field" role="group" aria-label={label} data-problem={problem ? '' : undefined}>{body}</div> : <label className="sc-field" data-problem={problem ? '' : undefined}>{body}</label>
}
