// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface ServerDiagnosticsGauge {
  readonly name: string;
  readonly value: number;
}

export type ServerDiagnosticsParams = Readonly<Record<string, unknown>>;

export interface ServerDiagnosticsProcess {
  readonly id: number;
  readonly physicalFootprintBytes?: number | null | undefined;
  readonly residentMemoryBytes?: number | null | undefined;
}

export interface ServerDiagnosticsResponse {
  readonly gauges: readonly ServerDiagnosticsGauge[];
  readonly process: ServerDiagnosticsProcess;
}
