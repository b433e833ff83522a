export * from './access/access';
export * from './catalog/catalog';
export * from './credit/credit';
export * from './metrics/metrics';
export * from './orders/orders';
export * from './partners/partners';
export * from './policies/policies';
export * from './prices/prices';
