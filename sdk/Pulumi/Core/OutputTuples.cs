namespace Pulumi;

public static partial class Output
{
    /// <summary>One output of all the items.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(
        Input<T1> item1, Input<T2> item2) =>
        Tuple(item1.ToOutput(), item2.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2)> Tuple<T1, T2>(
        Output<T1> item1, Output<T2> item2)
    {
        return new Output<(T1, T2)>(CombineAsync());

        async Task<OutputData<(T1, T2)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            return all.With((data1.Value, data2.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        Tuple(item1.ToOutput(), item2.ToOutput(), item3.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3)
    {
        return new Output<(T1, T2, T3)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            return all.With((data1.Value, data2.Value, data3.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4) =>
        Tuple(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4)
    {
        return new Output<(T1, T2, T3, T4)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3, T4)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var data4 = await item4.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            all = Join(all, data4);
            return all.With((data1.Value, data2.Value, data3.Value, data4.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5) =>
        Tuple(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(), item5.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5)
    {
        return new Output<(T1, T2, T3, T4, T5)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var data4 = await item4.DataTask.ConfigureAwait(false);
            var data5 = await item5.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            all = Join(all, data4);
            all = Join(all, data5);
            return all.With((data1.Value, data2.Value, data3.Value, data4.Value, data5.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6) =>
        Tuple(
            item1.ToOutput(), item2.ToOutput(), item3.ToOutput(),
            item4.ToOutput(), item5.ToOutput(), item6.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6)
    {
        return new Output<(T1, T2, T3, T4, T5, T6)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var data4 = await item4.DataTask.ConfigureAwait(false);
            var data5 = await item5.DataTask.ConfigureAwait(false);
            var data6 = await item6.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            all = Join(all, data4);
            all = Join(all, data5);
            all = Join(all, data6);
            return all.With((data1.Value, data2.Value, data3.Value, data4.Value, data5.Value, data6.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6,
        Input<T7> item7) =>
        Tuple(
            item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(),
            item5.ToOutput(), item6.ToOutput(), item7.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6,
        Output<T7> item7)
    {
        return new Output<(T1, T2, T3, T4, T5, T6, T7)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var data4 = await item4.DataTask.ConfigureAwait(false);
            var data5 = await item5.DataTask.ConfigureAwait(false);
            var data6 = await item6.DataTask.ConfigureAwait(false);
            var data7 = await item7.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            all = Join(all, data4);
            all = Join(all, data5);
            all = Join(all, data6);
            all = Join(all, data7);
            return all.With((
                data1.Value, data2.Value, data3.Value, data4.Value,
                data5.Value, data6.Value, data7.Value));
        }
    }

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6,
        Input<T7> item7, Input<T8> item8) =>
        Tuple(
            item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(),
            item5.ToOutput(), item6.ToOutput(), item7.ToOutput(), item8.ToOutput());

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6,
        Output<T7> item7, Output<T8> item8)
    {
        return new Output<(T1, T2, T3, T4, T5, T6, T7, T8)>(CombineAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> CombineAsync()
        {
            var data1 = await item1.DataTask.ConfigureAwait(false);
            var data2 = await item2.DataTask.ConfigureAwait(false);
            var data3 = await item3.DataTask.ConfigureAwait(false);
            var data4 = await item4.DataTask.ConfigureAwait(false);
            var data5 = await item5.DataTask.ConfigureAwait(false);
            var data6 = await item6.DataTask.ConfigureAwait(false);
            var data7 = await item7.DataTask.ConfigureAwait(false);
            var data8 = await item8.DataTask.ConfigureAwait(false);
            var all = Join(data1, data2);
            all = Join(all, data3);
            all = Join(all, data4);
            all = Join(all, data5);
            all = Join(all, data6);
            all = Join(all, data7);
            all = Join(all, data8);
            return all.With((
                data1.Value, data2.Value, data3.Value, data4.Value,
                data5.Value, data6.Value, data7.Value, data8.Value));
        }
    }
}
