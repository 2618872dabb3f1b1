import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { eventsOverSse$ } from './events-over-sse.js';
import { RunView } from './run-view.js';

@Component({ selector: 'app-root', imports: [RunView], template: '<run-view [run$]="run$" />' })
class App {
  protected readonly run$ = eventsOverSse$('/events');
}

void bootstrapApplication(App);
