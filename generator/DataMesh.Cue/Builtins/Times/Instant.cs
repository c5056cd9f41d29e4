namespace DataMesh.Cue.Builtins.Times;

/// <summary>A point in time with nanoseconds, in years that .NET's own types do not reach (0 and before, 10000 and after).</summary>
internal readonly struct Instant
{
    public const long SecondsPerDay = 86_400;

    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z, rounded down.</param>
    /// <param name="nanoseconds">0 to 999,999,999.</param>
    /// <param name="offset">Seconds east of Greenwich in which the point is shown.</param>
    /// <param name="zone">The zone's abbreviation, or empty for one that is known by its offset only.</param>
    public Instant(long unixSeconds, int nanoseconds, int offset = 0, string zone = "UTC")
    {
        UnixSeconds = unixSeconds;
        Nanoseconds = nanoseconds;
        Offset = offset;
        Zone = zone;
        long local = unixSeconds + offset;
        long days = FloorDivide(local, SecondsPerDay);
        int second = (int)(local - (days * SecondsPerDay));
        (Hour, Minute, Second) = (second / 3600, second / 60 % 60, second % 60);
        Weekday = (int)((((days + 4) % 7) + 7) % 7);
        (Year, Month, Day) = ToDate(days);
        DayOfYear = (int)(days - ToDays(Year, 1, 1)) + 1;
    }

    public long UnixSeconds { get; }

    public int Nanoseconds { get; }

    public int Offset { get; }

    public string Zone { get; }

    public long Year { get; }

    public int Month { get; }

    public int Day { get; }

    /// <summary>1 to 366.</summary>
    public int DayOfYear { get; }

    /// <summary>0 is Sunday.</summary>
    public int Weekday { get; }

    public int Hour { get; }

    public int Minute { get; }

    public int Second { get; }

    /// <summary>Nanoseconds since 1970; beyond 64 bits they wrap around.</summary>
    public long UnixNanoseconds => unchecked((UnixSeconds * 1_000_000_000) + Nanoseconds);

    public Instant ToUtc() => new(UnixSeconds, Nanoseconds);

    /// <summary>The point so many seconds and nanoseconds (of any size and sign) after 1970.</summary>
    public static Instant FromUnix(long seconds, long nanoseconds)
    {
        long carry = FloorDivide(nanoseconds, 1_000_000_000);
        return new(unchecked(seconds + carry), (int)(nanoseconds - (carry * 1_000_000_000)));
    }

    public static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysIn(int month, long year) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days since 1970-01-01 in the Gregorian calendar, extended to all years.</summary>
    public static long ToDays(long year, int month, int day)
    {
        // Years that begin in March have their leap day last.
        long y = month <= 2 ? year - 1 : year;
        long era = FloorDivide(y, 400);
        long yearOfEra = y - (era * 400);
        long dayOfYear = ((((month + 9) % 12) * 153) + 2) / 5 + day - 1;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    private static (long Year, int Month, int Day) ToDate(long days)
    {
        long z = days + 719_468;
        long era = FloorDivide(z, 146_097);
        long dayOfEra = z - (era * 146_097);
        long yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long shifted = ((5 * dayOfYear) + 2) / 153;
        int day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    private static long FloorDivide(long value, long divisor) =>
        (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
