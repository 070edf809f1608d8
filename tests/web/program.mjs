// The command that runs the program of this repository, built if necessary.

import { fileURLToPath } from 'node:url';

export const PROGRAM = ['cargo', 'run', '-q', '--manifest-path', fileURLToPath(new URL('../../Cargo.toml', import.meta.url)), '--'];
