#!/usr/bin/env node
// Here also before anything is built, so that installing this repository finds what to link to.
await import('../dist/command/trialbase.js');
