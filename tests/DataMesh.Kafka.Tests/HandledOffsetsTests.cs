namespace DataMesh.Kafka.Tests;

public class HandledOffsetsTests
{
    private readonly HandledOffsets _offsets = new();

    [Fact]
    public void Nothing_is_storable_before_something_was_handled()
    {
        HandOut(5, 6);

        Assert.Null(Storable());
    }

    [Fact]
    public void What_was_handled_in_order_is_storable_once()
    {
        HandOut(5, 6, 7);

        Handle(5, 6);

        Assert.Equal(7, Storable());
        Assert.Null(Storable());
    }

    [Fact]
    public void The_lowest_offset_not_handled_holds_the_others_back()
    {
        HandOut(0, 1, 2, 3);

        Handle(1, 2);
        Assert.Null(Storable());

        Handle(0);
        Assert.Equal(3, Storable());
    }

    [Fact]
    public void Offsets_may_have_gaps()
    {
        HandOut(10, 13, 20);

        Handle(13, 10);
        Assert.Equal(14, Storable());

        Handle(20);
        Assert.Equal(21, Storable());
    }

    [Fact]
    public void Marking_twice_or_what_was_never_handed_out_changes_nothing()
    {
        HandOut(1, 2);

        Handle(1, 1, 0, 7);

        Assert.Equal(2, Storable());
    }

    [Fact]
    public void Many_in_hand_are_handled_in_any_order()
    {
        long[] offsets = [.. Enumerable.Range(0, 10_000).Select(i => i * 3L)];
        HandOut(offsets);
        long[] shuffled = [.. offsets];
        new Random(1).Shuffle(shuffled);

        var stored = new List<long>();
        foreach (long offset in shuffled)
        {
            Handle(offset);
            if (Storable() is { } storable)
                stored.Add(storable);
        }

        Assert.Equal(stored.Order(), stored);
        Assert.Equal(offsets[^1] + 1, stored[^1]);
    }

    [Fact]
    public void A_partition_that_is_gone_hands_out_nothing_more_but_still_takes_what_is_handled()
    {
        HandOut(1);

        _offsets.Revoke();

        Assert.False(_offsets.TryHandOut(2));
        Handle(1);
        Assert.Equal(2, Storable());
    }

    [Fact]
    public async Task Draining_ends_when_the_last_record_is_handled()
    {
        HandOut(1, 2);
        Assert.False(_offsets.WaitUntilHandled(TimeSpan.Zero));
        Task<bool> drained = Task.Run(() => _offsets.WaitUntilHandled(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

        Handle(2);
        Assert.False(drained.IsCompleted);
        Handle(1);

        Assert.True(await drained);
    }

    private void HandOut(params long[] offsets) => Assert.All(offsets, offset => Assert.True(_offsets.TryHandOut(offset)));

    private void Handle(params long[] offsets) => Array.ForEach(offsets, _offsets.MarkHandled);

    private long? Storable() => _offsets.TryTakeStorable(out long offset) ? offset : null;
}
