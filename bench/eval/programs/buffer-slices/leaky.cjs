'use strict';

const camera = { width: 96, height: 64, headerBytes: 40, keyframeEvery: 8 };

// Lets an operator jump to a keyframe without decoding what lies between.
const keyframes = [];

class FrameHeader {
  constructor(bytes) {
    this.sequence = bytes.readUInt32BE(0);
    this.exposure = bytes.readUInt16BE(4);
    this.channel = bytes.toString('latin1', 8, 16).trimEnd();
  }
}

class MotionDetector {
  constructor(threshold) {
    this.threshold = threshold;
    this.last = 0;
    this.alarms = 0;
  }

  feed(pixels) {
    let brightness = 0;
    for (let i = 0; i < pixels.length; i += 64) brightness += pixels[i];
    const moved = Math.abs(brightness - this.last) > this.threshold;
    this.last = brightness;
    if (moved) this.alarms++;
    return moved;
  }
}

const detectors = new Map();

function detectorFor(channel) {
  let detector = detectors.get(channel);
  if (detector === undefined) {
    detector = new MotionDetector(900);
    detectors.set(channel, detector);
  }
  return detector;
}

function onFrame(frame) {
  const header = frame.subarray(0, camera.headerBytes);
  const { sequence, channel } = new FrameHeader(header);
  if (sequence % camera.keyframeEvery === 0) keyframes.push({ channel, header });
  return detectorFor(channel).feed(frame.subarray(camera.headerBytes));
}

function lastKeyframe(channel) {
  for (let i = keyframes.length - 1; i >= 0; i--) {
    if (keyframes[i].channel === channel) return new FrameHeader(keyframes[i].header);
  }
  return null;
}

function capture(channel, sequence) {
  const frame = Buffer.alloc(camera.headerBytes + camera.width * camera.height);
  frame.writeUInt32BE(sequence, 0);
  frame.writeUInt16BE(100 + (sequence % 50), 4);
  frame.write(channel.padEnd(8), 8, 'latin1');
  frame.fill((sequence * 13) % 251, camera.headerBytes);
  if (sequence % 29 === 0) frame.fill(255, 2000, 4000);
  return frame;
}

async function round(k) {
  const channels = ['gate', 'dock', 'hall'];
  let moved = 0;
  for (let i = 0; i < 360; i++) {
    if (onFrame(capture(channels[i % 3], k * 360 + i))) moved++;
  }
  return { moved, exposure: lastKeyframe('gate').exposure };
}

module.exports = { round };
