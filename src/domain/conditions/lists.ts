/** Many short lists of numbers in two arrays: list `i` is `items` from `starts[i]` to before `starts[i + 1]`. */
export interface Lists {
  readonly starts: Uint32Array;
  readonly items: Int32Array;
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => { starts[i + 1] = (starts[i] as number) + list.length; });
  const items = new Int32Array(starts[lists.length] as number);
  lists.forEach((list, i) => items.set(list, starts[i] as number));
  return { starts, items };
}

/** Who names whom, turned round: for each of `size` numbers the lists that hold it, in their order, each once. */
export function inverseOf({ starts, items }: Lists, size: number): Lists {
  const inverse: number[][] = Array.from({ length: size }, () => []);
  for (let list = 0; list + 1 < starts.length; list += 1) {
    for (let k = starts[list] as number; k < (starts[list + 1] as number); k += 1) {
      const holders = inverse[items[k] as number];
      if (holders !== undefined && holders.at(-1) !== list) holders.push(list);
    }
  }
  return listsOf(inverse);
}
