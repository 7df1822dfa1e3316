// Body of an async function: a pair of connections inside this page, its own microphone between
// them; returns what is heard at the far end once it is a clear tone, or after ten seconds.
const stream = await navigator.mediaDevices.getUserMedia({
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
});
const near = new RTCPeerConnection();
const far = new RTCPeerConnection();
near.onicecandidate = (e) => e.candidate && far.addIceCandidate(e.candidate);
far.onicecandidate = (e) => e.candidate && near.addIceCandidate(e.candidate);
const arrived = new Promise((done) => (far.ontrack = (e) => done(e.streams[0])));
stream.getTracks().forEach((track) => near.addTrack(track, stream));
await near.setLocalDescription();
await far.setRemoteDescription(near.localDescription);
await far.setLocalDescription();
await near.setRemoteDescription(far.localDescription);
const remote = await arrived;
let heard;
for (let tries = 0; tries < 20; tries++) {
  await new Promise((done) => setTimeout(done, 500));
  heard = await rd.listen(remote);
  if (heard.share > 0.6 && heard.db > -60) break;
}
near.close();
far.close();
return heard;
