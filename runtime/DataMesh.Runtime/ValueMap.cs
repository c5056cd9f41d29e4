using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DataMesh;

/// <summary>
/// An immutable dictionary with string keys, in the order of insertion, that compares by its entries whatever their order.
/// </summary>
/// <typeparam name="T">The values' type.</typeparam>
[CollectionBuilder(typeof(ValueMap), nameof(ValueMap.Create))]
public sealed class ValueMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly ImmutableArray<KeyValuePair<string, T>> _entries;
    private readonly Dictionary<string, int> _index;

    /// <exception cref="ArgumentException">Two entries have the same key.</exception>
    internal ValueMap(ImmutableArray<KeyValuePair<string, T>> entries)
    {
        _entries = entries;
        _index = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < entries.Length; i++)
            _index.Add(entries[i].Key, i);
    }

    /// <summary>The map without entries.</summary>
    public static ValueMap<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(static e => e.Key);

    /// <inheritdoc/>
    public IEnumerable<T> Values => _entries.Select(static e => e.Value);

    /// <inheritdoc/>
    public T this[string key] => _entries[_index[key]].Value;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _index.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        bool found = _index.TryGetValue(key, out int at);
        value = found ? _entries[at].Value : default;
        return found;
    }

    /// <summary>Goes through the entries without allocating.</summary>
    public ImmutableArray<KeyValuePair<string, T>>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, T>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_entries).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueMap<T>? other)
    {
        if (other is null || Count != other.Count)
            return false;
        foreach (KeyValuePair<string, T> entry in _entries)
            if (!other.TryGetValue(entry.Key, out T? value) || !EqualityComparer<T>.Default.Equals(entry.Value, value))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = Count;
        foreach (KeyValuePair<string, T> entry in _entries)
            hash ^= HashCode.Combine(string.GetHashCode(entry.Key, StringComparison.Ordinal), entry.Value);
        return hash;
    }

    /// <summary><c>{a: 1, b: 2}</c></summary>
    public override string ToString() => $"{{{string.Join(", ", _entries.Select(static e => $"{e.Key}: {e.Value}"))}}}";

    /// <summary>Equality of all entries.</summary>
    public static bool operator ==(ValueMap<T>? left, ValueMap<T>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(ValueMap<T>? left, ValueMap<T>? right) => !(left == right);
}

/// <summary>Makes <see cref="ValueMap{T}"/>.</summary>
public static class ValueMap
{
    /// <summary>The map of these entries.</summary>
    /// <exception cref="ArgumentException">Two entries have the same key.</exception>
    public static ValueMap<T> Create<T>(params ReadOnlySpan<KeyValuePair<string, T>> entries) =>
        entries.IsEmpty ? ValueMap<T>.Empty : new ValueMap<T>([.. entries]);

    /// <summary>The map of a sequence's entries.</summary>
    /// <exception cref="ArgumentException">Two entries have the same key.</exception>
    public static ValueMap<T> ToValueMap<T>(this IEnumerable<KeyValuePair<string, T>> entries) => new([.. entries]);
}
