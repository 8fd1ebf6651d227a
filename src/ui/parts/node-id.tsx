import { type ComponentChild, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Where the page of a node of the report's last snapshot is. A report by itself has no such pages. */
export const NodeAddress = createContext<((id: number) => string) | undefined>(undefined);

/** A node by its id, which leads to its page where there is one. */
export function NodeId({ id }: { id: number }): ComponentChild {
  const address = useContext(NodeAddress);
  const text = `@${id}`;
  return address ? <a href={address(id)}>{text}</a> : text;
}
