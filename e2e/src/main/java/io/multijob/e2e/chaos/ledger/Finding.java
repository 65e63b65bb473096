package io.multijob.e2e.chaos.ledger;

/// Whether somebody knew, or could have known, that a run was over.
public enum Finding {
  /// A servo knew it, or a finalizer of the servo's keeps its pod until one does. It must be
  /// reported.
  KNOWN("known"),
  /// Its pod was made and deleted while no servo looked.
  CAME_AND_WENT("made and deleted within one outage"),
  /// A servo saw its pod alive, and was killed; the run ended and the pod was deleted before the
  /// next looked. Pods that live are not on the servo's disk, and there would be no end to write.
  END_UNSEEN("ended and deleted within one outage"),
  /// A servo knew it, was killed before the service could have it, and its disk was emptied; the
  /// pod was deleted before the next looked.
  DISK_EMPTIED("known to a disk that was emptied"),
  /// A servo was told, and killed before [Rules#margin()] had passed.
  JUST_TOLD("told just before a kill");

  private final String text;

  Finding(String text) {
    this.text = text;
  }

  /// In words, as of several.
  public String text() {
    return text;
  }
}
