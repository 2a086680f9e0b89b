package dev.cairn.example;

import java.util.Map;

/**
 * What stands at a place: powers in W, capacity in Wh, a usual load in W, and what the meters
 * showed at the start, in Wh.
 */
record Site(
    int remotePeak,
    int localPeak,
    int batteryCapacity,
    int batteryPower,
    int usualLoad,
    boolean offGrid,
    Map<Counter, Long> meters) {

  /** System 1: off the grid, with a generator that was connected late. */
  static final Site DAYLESFORD =
      new Site(
          8_000,
          4_200,
          41_400,
          7_500,
          850,
          true,
          Map.of(
              Counter.SOLAR,
              41_234_567L,
              Counter.LOAD,
              33_015_902L,
              Counter.BATTERY_IN,
              19_870_411L,
              Counter.BATTERY_OUT,
              17_402_388L,
              Counter.GRID_IN,
              0L,
              Counter.GRID_OUT,
              0L));

  /** System 2. */
  static final Site CRAIG_HOME =
      new Site(
          4_600,
          2_000,
          13_500,
          3_000,
          720,
          false,
          Map.of(
              Counter.SOLAR,
              22_871_340L,
              Counter.LOAD,
              27_954_118L,
              Counter.BATTERY_IN,
              8_103_775L,
              Counter.BATTERY_OUT,
              7_211_064L,
              Counter.GRID_IN,
              14_480_231L,
              Counter.GRID_OUT,
              8_505_719L));

  /** System 6. */
  static final Site KINKORA =
      new Site(
          9_000,
          4_200,
          27_000,
          9_000,
          1_650,
          false,
          Map.of(
              Counter.SOLAR,
              1_204_663L,
              Counter.LOAD,
              1_560_204L,
              Counter.BATTERY_IN,
              402_118L,
              Counter.BATTERY_OUT,
              371_905L,
              Counter.GRID_IN,
              690_052L,
              Counter.GRID_OUT,
              303_877L));

  /** System 7. */
  static final Site BARN =
      new Site(
          7_200,
          3_200,
          11_000,
          5_000,
          640,
          false,
          Map.of(
              Counter.SOLAR,
              8_002_916L,
              Counter.LOAD,
              5_410_377L,
              Counter.BATTERY_IN,
              2_208_654L,
              Counter.BATTERY_OUT,
              1_994_120L,
              Counter.GRID_IN,
              1_250_803L,
              Counter.GRID_OUT,
              3_628_808L));
}
