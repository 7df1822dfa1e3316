/** A page's-eye summary of getStats(): what one wants to know when sound is bad or missing. */

/** @param {RTCStatsReport} report */
export function summarize(report) {
  const all = [...report.values()];
  const first = (type) => all.find((s) => s.type === type && (s.kind ?? 'audio') === 'audio');
  const received = first('inbound-rtp');
  const sent = first('outbound-rtp');
  const echo = first('remote-inbound-rtp');
  const pair = selectedPair(all, report);
  return {
    codec: codecName(report.get(sent?.codecId ?? received?.codecId)),
    roundTripMs: milliseconds(echo?.roundTripTime ?? pair?.currentRoundTripTime),
    jitterMs: milliseconds(received?.jitter),
    packetsSent: sent?.packetsSent ?? 0,
    packetsReceived: received?.packetsReceived ?? 0,
    packetsLost: received?.packetsLost ?? 0,
    lossPercent: lossPercent(received),
    remoteLossPercent: echo?.fractionLost === undefined ? null : round(echo.fractionLost * 100),
    bytesSent: sent?.bytesSent ?? 0,
    bytesReceived: received?.bytesReceived ?? 0,
    audioLevel: received?.audioLevel ?? null,
    samplesReceived: received?.totalSamplesReceived ?? 0,
    samplesConcealed: received?.concealedSamples ?? 0,
    videoIn: picture(all, 'inbound-rtp', report),
    videoOut: picture(all, 'outbound-rtp', report),
    localCandidate: candidateName(report.get(pair?.localCandidateId)),
    remoteCandidate: candidateName(report.get(pair?.remoteCandidateId)),
  };
}

/** Such as `VP8 640x480 30/s`; null without video. */
function picture(all, type, report) {
  const video = all.find((s) => s.type === type && s.kind === 'video' && s.frameWidth);
  if (!video) return null;
  const { frameWidth, frameHeight, framesPerSecond = 0, codecId } = video;
  const codec = report.get(codecId)?.mimeType.split('/')[1] ?? 'video';
  return `${codec} ${frameWidth}x${frameHeight} ${Math.round(framesPerSecond)}/s`;
}

function selectedPair(all, report) {
  const transport = all.find((s) => s.type === 'transport' && s.selectedCandidatePairId);
  return report.get(transport?.selectedCandidatePairId)
    ?? all.find((s) => s.type === 'candidate-pair' && (s.selected || s.nominated));
}

function codecName(codec) {
  if (!codec) return null;
  const name = codec.mimeType.split('/')[1];
  return codec.clockRate ? `${name}/${codec.clockRate}` : name;
}

function candidateName(candidate) {
  if (!candidate) return null;
  const { address, ip, port, protocol, candidateType } = candidate;
  return `${candidateType} ${protocol} ${address || ip || '?'}:${port}`;
}

function lossPercent(received) {
  const lost = received?.packetsLost ?? 0;
  const expected = lost + (received?.packetsReceived ?? 0);
  return expected ? round((100 * Math.max(lost, 0)) / expected) : 0;
}

const milliseconds = (seconds) => (seconds === undefined ? null : round(seconds * 1000));
const round = (value) => Math.round(value * 10) / 10;
