namespace DataMesh.Runtime.Tests.Validation;

/// <summary>The types of generated properties compare by value.</summary>
public sealed class ValueTypesTests
{
    [Fact]
    public void Lists_compare_by_their_elements()
    {
        ValueList<string> list = ["a", "b"];
        Assert.Equal(list, ["a", "b"]);
        Assert.Equal(list.GetHashCode(), ((ValueList<string>)["a", "b"]).GetHashCode());
        Assert.NotEqual(list, ["b", "a"]);
        Assert.NotEqual(list, ["a"]);
        Assert.True(list != null);
        ValueList<ValueList<int>> nested = [[1], []];
        Assert.Equal(nested, [[1], []]);
        Assert.Same(ValueList<int>.Empty, (ValueList<int>)[]);
        Assert.Equal("[a, b]", list.ToString());
    }

    [Fact]
    public void A_list_does_not_change_with_the_array_it_was_made_from()
    {
        int[] source = [1, 2];
        ValueList<int> list = source.ToValueList();
        source[0] = 9;
        Assert.Equal(1, list[0]);
    }

    [Fact]
    public void Maps_compare_by_their_entries_whatever_the_order()
    {
        ValueMap<int> map = ValueMap.Create(KeyValuePair.Create("a", 1), KeyValuePair.Create("b", 2));
        ValueMap<int> turned = ValueMap.Create(KeyValuePair.Create("b", 2), KeyValuePair.Create("a", 1));
        Assert.True(map == turned);
        Assert.Equal(map.GetHashCode(), turned.GetHashCode());
        Assert.True(map != ValueMap.Create(KeyValuePair.Create("a", 1), KeyValuePair.Create("b", 3)));
        Assert.True(map != ValueMap.Create(KeyValuePair.Create("a", 1)));
        Assert.Equal(["b", "a"], turned.Keys);
        Assert.Equal(2, map["b"]);
        Assert.False(map.TryGetValue("B", out _));
    }

    [Fact]
    public void A_map_with_one_key_twice_is_refused() =>
        Assert.Throws<ArgumentException>(static () => ValueMap.Create(KeyValuePair.Create("a", 1), KeyValuePair.Create("a", 1)));

    [Fact]
    public void Absent_null_and_a_value_are_three_states()
    {
        Optional<string?> absent = default, nothing = new(null), value = "x";
        Assert.Equal((false, true, true), (absent.HasValue, nothing.HasValue, value.HasValue));
        Assert.NotEqual(absent, nothing);
        Assert.NotEqual(nothing, value);
        Assert.Equal(["absent", "null", "x"], [absent.ToString(), nothing.ToString(), value.ToString()]);
    }

    [Fact]
    public void Raw_JSON_is_kept_as_it_is()
    {
        Assert.Equal("""{"a":1.50}""", JsonText.Parse(""" {"a":1.50} """).ToString());
        Assert.Equal(JsonText.Null, JsonText.Parse("null"));
        Assert.NotEqual(JsonText.Parse("1"), JsonText.Parse("1.0"));
        Assert.Throws<FormatException>(static () => JsonText.Parse("{} {}"));
        Assert.Throws<FormatException>(static () => JsonText.Parse("{"));
    }

    [Fact]
    public void Bytes_compare_by_content()
    {
        ByteString bytes = new byte[] { 1, 2 };
        Assert.True(bytes == ByteString.FromBase64("AQI="));
        Assert.True(bytes != ByteString.FromBase64("AQM="));
        Assert.Equal(bytes.GetHashCode(), ByteString.FromBase64("AQI=").GetHashCode());
        Assert.Equal("AQI=", bytes.ToString());
    }
}
