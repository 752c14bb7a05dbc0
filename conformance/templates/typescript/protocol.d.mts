/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Serve the suite's requests by the methods named, and return what sends a request to the suite. */
export function serve(
  // The protocol's schema says what each method's params are.
  methods: Record<string, (params: any) => unknown>,
): (method: string, params: Record<string, Json>) => Promise<Json>;
