using System.Collections.Concurrent;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class EventIdTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Fact]
    public void An_id_is_a_uuid_of_version_7_that_carries_its_time()
    {
        for (int i = 0; i < 1000; i++)
        {
            Guid id = EventId.Next(Time);

            Assert.Equal(7, id.Version);
            Assert.InRange(id.Variant, 8, 11);
            long milliseconds = Convert.ToInt64(id.ToString("N")[..12], 16);
            Assert.Equal(Time.ToUnixTimeMilliseconds(), milliseconds);
        }
    }

    [Fact]
    public void Ids_of_later_times_sort_later() =>
        Assert.True(string.CompareOrdinal(EventId.Next(Time).ToString(), EventId.Next(Time.AddMilliseconds(1)).ToString()) < 0);

    [Fact]
    public void No_id_comes_twice_from_any_thread()
    {
        var ids = new ConcurrentDictionary<Guid, bool>();

        Parallel.For(0, 100_000, _ => Assert.True(ids.TryAdd(EventId.Next(Time), true)));

        Assert.Equal(100_000, ids.Count);
    }
}
