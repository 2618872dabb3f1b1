// A program in place of the CLI: relays standard input and output to the socket of a scripted server.
const { connect } = require('node:net');
const process = require('node:process');

module.exports = (socketPath, version) => {
  if (process.argv.includes('--version')) {
    process.stdout.write(`codex-cli ${version}\n`);
    return;
  }
  const socket = connect(socketPath);
  process.stdin.pipe(socket);
  socket.pipe(process.stdout);
  socket.on('error', () => process.exit(1));
  socket.on('close', () => process.exit(0));
};
