import { parentPort, workerData } from 'node:worker_threads'
import { learn, type LearnJob } from './learn.ts'

/** A thread that learns once and says what it learned. */
parentPort?.postMessage(learn(workerData as LearnJob))
