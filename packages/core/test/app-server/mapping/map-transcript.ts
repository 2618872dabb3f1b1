import { transcript } from '../transcript.js';
import { type MappedTranscript, mapLines } from './map-lines.js';

/** Maps a recorded session. */
export function mapTranscript(version: string, name: string): MappedTranscript {
  return mapLines(transcript(version, name));
}
