package org.ringdown.gateway.testkit.load.media;

/** An end that says what an end would say, and neither sends nor hears anything. */
record Deaf(String offer, String answer) implements End {
  @Override
  public String answer(String theirs) {
    return answer;
  }

  @Override
  public void accept(String theirs) {}

  @Override
  public void candidate(String line) {}

  @Override
  public void settle(boolean goOn) {}

  @Override
  public void fallSilent() {}

  @Override
  public void close() {}
}
