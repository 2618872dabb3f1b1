// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf } from './shared.js';

export interface MarketplaceAddParams {
  readonly refName?: string | null | undefined;
  readonly source: string;
  readonly sparsePaths?: readonly string[] | null | undefined;
}

export interface MarketplaceAddResponse {
  readonly alreadyAdded: boolean;
  readonly installedRoot: AbsolutePathBuf;
  readonly marketplaceName: string;
}

export interface MarketplaceRemoveParams {
  readonly marketplaceName: string;
}

export interface MarketplaceRemoveResponse {
  readonly installedRoot?: AbsolutePathBuf | null | undefined;
  readonly marketplaceName: string;
}

export interface MarketplaceUpgradeErrorInfo {
  readonly marketplaceName: string;
  readonly message: string;
}

export interface MarketplaceUpgradeParams {
  readonly marketplaceName?: string | null | undefined;
}

export interface MarketplaceUpgradeResponse {
  readonly errors: readonly MarketplaceUpgradeErrorInfo[];
  readonly selectedMarketplaces: readonly string[];
  readonly upgradedRoots: readonly AbsolutePathBuf[];
}
