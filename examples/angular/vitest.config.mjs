// The Angular compiler has compiled the templates before.
export default {
  test: {
    environment: 'jsdom',
    include: ['dist/test/*.spec.js'],
    exclude: ['node_modules'],
    setupFiles: ['dist/test/setup.js'],
    testTimeout: 60_000,
  },
};
