using System.Collections;

namespace DataMesh.Cue.Values;

/// <summary>What was added to a list that is only there once something was: most vertices have nothing of most kinds.</summary>
internal readonly struct Items<T>(List<T>? list) : IEnumerable<T>
{
    private static readonly List<T> _none = [];

    /// <summary>The list itself, to be kept.</summary>
    public List<T>? List { get; } = list;

    public int Count => List?.Count ?? 0;

    public T this[int index] => List![index];

    public bool Exists(Predicate<T> match) => List?.Exists(match) == true;

    public bool TrueForAll(Predicate<T> match) => List?.TrueForAll(match) != false;

    public T? Find(Predicate<T> match) => List is null ? default : List.Find(match);

    public int FindIndex(Predicate<T> match) => List?.FindIndex(match) ?? -1;

    public int IndexOf(T item) => List?.IndexOf(item) ?? -1;

    public List<T>.Enumerator GetEnumerator() => (List ?? _none).GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
