/** One number is called out: by the browser's voice where it has a Chinese one (or any), else by a chime. */
export type Voice = { say(text: string, lang: string): void }

/** `0012` → `零零一二`, one after the other, as numbers are called in a hall. */
export const spokenDigits = (number: string): string => [...number].map(d => '零一二三四五六七八九'[Number(d)] ?? d).join('')

function chime(audio: AudioContext): void {
  const at = audio.currentTime
  for (const [i, hertz] of [880, 659].entries()) {
    const tone = audio.createOscillator(), loud = audio.createGain()
    tone.frequency.value = hertz
    loud.gain.setValueAtTime(0.25, at + i * 0.45)
    loud.gain.exponentialRampToValueAtTime(0.001, at + i * 0.45 + 0.8)
    tone.connect(loud).connect(audio.destination)
    tone.start(at + i * 0.45)
    tone.stop(at + i * 0.45 + 0.9)
  }
}

/** To be made in the click that turns the sound on: browsers ask for one. */
export function makeVoice(): Voice {
  const audio = new AudioContext()
  return {
    say(text, lang) {
      chime(audio)
      const speech = window.speechSynthesis as SpeechSynthesis | undefined
      const voices = speech?.getVoices() ?? []
      const voice = voices.find(v => v.lang.replace('_', '-').toLowerCase().startsWith(lang.slice(0, 2)))
      if (!speech || !voice) return
      const said = new SpeechSynthesisUtterance(text)
      said.voice = voice
      said.lang = voice.lang
      said.rate = 0.9
      speech.speak(said)
    },
  }
}
