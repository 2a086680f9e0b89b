package dev.cairn.example;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * When a system was polled: at a steady pace with some jitter, but not during outages; exactly as
 * many polls as its volume says, no two at the same second.
 */
final class Timeline implements Iterable<Poll> {
  private final History history;
  private final Outages outages;
  private final long seed;

  Timeline(History history, long seed) {
    this.history = history;
    this.outages = new Outages(history, seed);
    this.seed = Chance.seed(seed, history.system(), "polls");
  }

  @Override
  public Iterator<Poll> iterator() {
    return new Polls();
  }

  private final class Polls implements Iterator<Poll> {
    private final Chance chance = new Chance(seed);
    private final int count = history.volume().polls();
    private final long reachableSeconds = (long) history.volume().slots() * History.SLOT_SECONDS;
    private final int jitter = jitter(reachableSeconds / count);
    private int index;
    private int outage;
    private long lostSlots;

    @Override
    public boolean hasNext() {
      return index < count;
    }

    @Override
    public Poll next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long reachable = (2L * index + 1) * reachableSeconds / (2L * count);
      long slot = reachable / History.SLOT_SECONDS;
      while (outage < outages.count() && outages.position(outage) <= slot) {
        lostSlots += outages.length(outage++);
      }
      long slotStart = history.start() + (slot + lostSlots) * History.SLOT_SECONDS;
      long time = slotStart + secondInSlot(reachable % History.SLOT_SECONDS);
      return new Poll(index++, time, time + delay());
    }

    /** From 1 to 300, so that jitter never moves a poll into another interval. */
    private long secondInSlot(long nominal) {
      long moved = nominal + 1 + chance.below(2 * jitter + 1) - jitter;
      return Math.max(1, Math.min(History.SLOT_SECONDS, moved));
    }

    private long delay() {
      return 2L + chance.below(9) + (chance.oneIn(200) ? 30 + chance.below(240) : 0);
    }

    /** At a pace slower than a slot, two polls must stay more than a slot apart. */
    private static int jitter(long pace) {
      long room = pace > History.SLOT_SECONDS ? (pace - History.SLOT_SECONDS - 2) / 2 : pace / 12;
      return (int) Math.max(0, room);
    }
  }
}
